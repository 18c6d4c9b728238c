import { element } from "../shared/dom";
import { resizeCharts } from "./charts";
import { type Data, groupOf, type Picture, type Position } from "./data";
import { describe } from "./info";
import { isOfBoth, kinds, type Kind, type View } from "./layers";
import { ReportMap } from "./map";
import { changeName, exact, number, percent } from "./numbers";
import type { Thing } from "./outlines";
import { Panel } from "./panel";
import { sampleAt } from "./pictures";
import { lonLat } from "./place";
import { texts } from "./texts";

const mostListed = 50, steps = 100;

/** The map with what belongs to it. */
export class MapSection {
  readonly root = element("section", { id: "map-section", "aria-label": texts.sections.map });
  private readonly view: View;
  private readonly map: ReportMap;
  private readonly panel: Panel;
  private readonly info = element("div", { id: "info", role: "status" }, element("p", { class: "note" }, texts.infoHint));
  private readonly readout = element("output", { id: "readout" }, texts.pointer);
  private readonly goTo = element("select", { id: "go-to" });
  private readonly divider = element("input", { type: "range", id: "divider", min: "0", max: "1000", value: "500", "aria-label": texts.swipe });
  private readonly stage = element("div", { class: "stage" });
  private readonly sides = [element("span", { class: "side" }), element("span", { class: "side right" })] as const;
  private readonly line = element("div", { class: "divider-line", "aria-hidden": "true" });
  private things: Thing[] = [];
  private pointed = 0;

  /** @param parent where the page shows it: a map needs its size from the start. */
  constructor(private readonly data: Data, parent: HTMLElement) {
    this.view = { season: data.seasons.length - 1, before: null, divider: 0.5 };
    const target = element("div", { id: "map", tabindex: "0", role: "application", "aria-label": texts.map });
    const whole = element("button", { type: "button", id: "whole" }, texts.wholeMap);
    whole.addEventListener("click", () => this.map.whole());
    const [west, south, east, north] = data.map.extent;
    this.stage.style.setProperty("--tall", String((north - south) / (east - west)));
    this.stage.append(target, this.line, ...this.sides, this.divider);
    const side = element("div", { class: "side-panel" });
    this.root.append(element("div", { class: "map-and-panel" }, element("div", { class: "map-column" }, this.seasons(), this.stage, element("div", { class: "below-map" }, this.readout, whole)), side));
    parent.append(this.root);
    this.map = new ReportMap(data, target, this.view);
    this.panel = new Panel(data, this.map);
    side.append(element("div", { class: "go" }, element("label", { for: "go-to" }, texts.goTo), this.goTo), this.info, this.panel.root);
    this.goTo.addEventListener("change", () => {
      const thing = this.things[Number(this.goTo.value)];
      if (this.goTo.value !== "" && thing) this.show(thing);
    });
    this.divider.addEventListener("input", () => {
      this.view.divider = Number(this.divider.value) / 1000;
      this.place();
      this.map.map.render();
    });
    const loading = element("p", { class: "loading", role: "status" }, texts.loading);
    this.map.map.on("loadstart", () => this.stage.append(loading));
    this.map.map.on("loadend", () => loading.remove());
    this.map.map.on("singleclick", (event) => this.choose(this.map.thingsAt(event.coordinate as Position), false));
    this.map.map.on("pointermove", (event) => {
      if (!event.dragging) void this.tell(event.coordinate as Position, event.pixel[0]!);
    });
    this.update();
    // Paper is narrower than the screen: the map must know before it is printed.
    window.addEventListener("beforeprint", () => this.print(true));
    window.addEventListener("afterprint", () => this.print(false));
  }

  /** Shows a thing on the map and what is known of it; the season is changed where it belongs to another one. */
  show(thing: Thing, season?: string): void {
    const index = this.data.seasons.findIndex((s) => s.name === season);
    if (index >= 0 && index !== this.view.season) {
      this.view.season = index;
      const slider = this.root.querySelector<HTMLInputElement>("#season");
      if (slider) slider.value = String(index);
      this.update();
    }
    this.choose([thing], true);
    this.stage.scrollIntoView({ block: "nearest" });
  }

  private print(on: boolean): void {
    document.body.classList.toggle("printing", on);
    this.map.map.updateSize();
    this.map.map.renderSync();
    resizeCharts();
  }

  private choose(things: Thing[], go: boolean): void {
    this.map.choose(things[0] ?? null, go);
    this.info.replaceChildren(...(things.length > 0 ? things.map((thing) => describe(this.data, thing)) : [element("p", { class: "note" }, texts.nothingHere)]));
    // On a phone it lies below the map.
    this.info.scrollIntoView({ block: "nearest" });
  }

  private update(): void {
    const { seasons } = this.data;
    // Only an earlier season can be compared with.
    if (this.view.before !== null && this.view.before >= this.view.season) this.view.before = this.view.season > 0 ? 0 : null;
    this.map.update();
    this.panel.update();
    this.list();
    const name = this.root.querySelector("#season-name");
    if (name) name.textContent = seasons[this.view.season]!.name;
    const compare = this.root.querySelector<HTMLInputElement>("#compare"), before = this.root.querySelector<HTMLSelectElement>("#before");
    if (compare && before) {
      compare.disabled = this.view.season === 0;
      compare.checked = this.view.before !== null;
      before.hidden = this.view.before === null;
      before.replaceChildren(...seasons.slice(0, this.view.season).map((season, i) => element("option", { value: String(i) }, season.name)));
      if (this.view.before !== null) before.value = String(this.view.before);
    }
    const comparing = this.view.before !== null;
    this.divider.hidden = this.line.hidden = this.sides[0].hidden = this.sides[1].hidden = !comparing;
    if (comparing) [this.sides[0].textContent, this.sides[1].textContent] = [texts.swipeLeft(seasons[this.view.before!]!.name), texts.swipeRight(seasons[this.view.season]!.name)];
    this.place();
    this.map.map.render();
  }

  private place(): void {
    this.stage.style.setProperty("--divider", `${100 * this.view.divider}%`);
  }

  private seasons(): HTMLElement {
    const { seasons } = this.data, bar = element("div", { class: "season-bar" });
    if (seasons.length < 2) {
      bar.append(element("span", {}, `${texts.season} `, element("strong", { id: "season-name" })));
      return bar;
    }
    const slider = element("input", { type: "range", id: "season", min: "0", max: String(seasons.length - 1), step: "1", value: String(this.view.season), list: "season-marks" });
    const told = () => slider.setAttribute("aria-valuetext", seasons[Number(slider.value)]!.name);
    told();
    slider.addEventListener("input", () => {
      this.view.season = Number(slider.value);
      told();
      this.update();
    });
    const compare = element("input", { type: "checkbox", id: "compare" }), before = element("select", { id: "before", "aria-label": texts.compareBefore });
    compare.addEventListener("change", () => {
      this.view.before = compare.checked ? this.view.season - 1 : null;
      this.update();
    });
    before.addEventListener("change", () => {
      this.view.before = Number(before.value);
      this.update();
    });
    bar.append(
      element("label", { class: "season" }, texts.season, slider, element("strong", { id: "season-name" })),
      element("datalist", { id: "season-marks" }, ...seasons.map((_, i) => element("option", { value: String(i) }))),
      element("span", { class: "compare" }, element("label", {}, compare, element("span", {}, texts.compare)), before),
    );
    return bar;
  }

  /** The zones and the largest polygons, which a keyboard reaches here. */
  private list(): void {
    const { pictures } = this.map, followed = this.data.classes.find((c) => c.code === this.data.followed)!.name;
    this.things = [];
    const group = (label: string, things: Thing[], name: (thing: Thing) => string) => element("optgroup", { label }, ...things.map((thing) => element("option", { value: String(this.things.push(thing) - 1) }, name(thing))));
    const groups: HTMLElement[] = [];
    const areas = this.data.zones?.areas ?? [];
    if (areas.length > 0) groups.push(group(texts.zonesGroup, areas.map(({ name }) => ({ kind: "zone", name })), (thing) => (thing.kind === "zone" ? thing.name : "")));
    const polygons = (label: string, shapes: Thing[]) => shapes.length > 0 && groups.push(group(label, shapes, (thing) => (thing.kind === "polygon" ? `${exact(thing.shape.hectares)} ha` : "")));
    polygons(texts.newsGroup(followed), (pictures.change?.polygons?.largest ?? []).slice(0, mostListed).map((shape) => ({ kind: "polygon", shape, list: "news" })));
    polygons(texts.polygonsGroup(followed), (pictures.season.polygons?.largest ?? []).slice(0, mostListed).map((shape) => ({ kind: "polygon", shape, list: "polygons" })));
    this.goTo.replaceChildren(element("option", { value: "" }, texts.goToNothing), ...groups);
    const none = groups.length === 0;
    this.goTo.parentElement?.toggleAttribute("hidden", none);
    this.info.hidden = none;
  }

  /** Coordinates of a position, and what the layers that are shown have there. */
  private async tell([x, y]: Position, pixel: number): Promise<void> {
    const mine = ++this.pointed, { pictures } = this.map, found: string[] = [];
    const season = pictures.earlier && pixel < this.view.divider * this.stage.clientWidth ? pictures.earlier : pictures.season;
    for (const kind of kinds) {
      const picture = pictures.picture(kind, isOfBoth(kind) ? pictures.season : season);
      if (!picture || kind === "scene" || !pictures.state[kind].visible) continue;
      const text = this.meaning(kind, picture, await sampleAt(picture, x, y));
      if (text !== "") found.push(text);
    }
    if (mine !== this.pointed) return;
    const degrees = lonLat(this.data.map, x, y);
    const place = degrees ? [`${degrees[1].toFixed(5)}, ${degrees[0].toFixed(5)}`] : [];
    this.readout.textContent = [...place, `${this.data.map.crs} ${x.toFixed(0)}, ${y.toFixed(0)}`, ...found].join(" \u00b7 ");
  }

  private meaning(kind: Kind, picture: Picture, sample: number): string {
    const name = (code: number) => this.data.classes.find((c) => c.code === code)?.name ?? texts.noData;
    if (sample === 0) return kind === "classes" ? texts.noData : "";
    if (kind === "classes") return name(sample);
    if (kind === "change") return groupOf(sample, this.data.followed) === "same" ? "" : changeName(name(Math.floor(sample / 10)), name(sample % 10));
    const value = picture.low + ((sample - 1) / steps) * (picture.high - picture.low);
    if (kind === "density") return `${number(value)} ${texts.densityUnit}`;
    return `${kind === "confidence" ? texts.layer.confidence : texts.layer.probabilities(name(this.data.followed))} ${percent(value)}`;
  }
}
