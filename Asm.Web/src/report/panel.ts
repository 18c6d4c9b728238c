import { element } from "../shared/dom";
import { type Data, type ChangeGroup } from "./data";
import { alike, gradient, groupColors, ramps } from "./colors";
import { swatch } from "./charts";
import { kinds, type Kind } from "./layers";
import type { ReportMap } from "./map";
import { number, roundPercent } from "./numbers";
import type { OutlineKind } from "./outlines";
import { texts } from "./texts";

/** The switches of the layers with their legends. */
export class Panel {
  readonly root = element("section", { class: "layers", "aria-label": texts.layers }, element("h2", {}, texts.layers));
  private readonly titles = new Map<Kind, { label: HTMLElement; row: HTMLElement; legend: HTMLElement }>();

  constructor(private readonly data: Data, private readonly map: ReportMap) {
    for (const kind of [...kinds].reverse()) if (map.pictures.has(kind)) this.root.append(this.picture(kind));
    for (const kind of ["zones", "news", "polygons"] as const) if (this.hasOutlines(kind)) this.root.append(this.outline(kind));
    this.update();
  }

  private get followed(): string {
    return this.data.classes.find((c) => c.code === this.data.followed)!.name;
  }

  /** Says what belongs to the season shown. */
  update(): void {
    for (const [kind, { label, row, legend }] of this.titles) {
      label.textContent = this.title(kind);
      const missing = this.map.pictures.picture(kind) === null;
      row.classList.toggle("missing", missing);
      legend.hidden = missing || !this.map.pictures.state[kind].visible;
      legend.replaceChildren(...this.legend(kind));
    }
  }

  private title(kind: Kind): string {
    const change = this.map.pictures.change;
    if (kind === "change") return change ? texts.layer.change(change.before, change.after) : texts.layer.changeNone;
    return kind === "probabilities" || kind === "density" ? texts.layer[kind](this.followed) : texts.layer[kind];
  }

  private picture(kind: Kind): HTMLElement {
    const state = this.map.pictures.state[kind], label = element("span");
    const check = checkbox(state.visible, (on) => {
      state.visible = on;
      this.map.update();
      this.update();
    });
    check.id = `layer-${kind}`;
    const opacity = element("input", { type: "range", min: "0", max: "100", value: String(100 * state.opacity), "aria-label": texts.opacity(this.title(kind)), id: `opacity-${kind}` });
    opacity.addEventListener("input", () => {
      state.opacity = Number(opacity.value) / 100;
      this.map.update();
    });
    const row = element("div", { class: "layer" }, element("label", {}, check, label), opacity);
    const legend = element("div", { class: "legend" });
    this.titles.set(kind, { label, row, legend });
    return element("div", {}, row, legend);
  }

  private outline(kind: OutlineKind): HTMLElement {
    const outlines = this.map.outlines;
    const check = checkbox(outlines.visible[kind], (on) => {
      outlines.visible[kind] = on;
      this.map.update();
    });
    check.id = `layer-${kind}`;
    const text = kind === "zones" ? texts.layer.zones : texts.layer[kind](this.followed);
    return element("div", { class: "layer" }, element("label", {}, check, element("span", { class: `line ${kind}`, "aria-hidden": "true" }), element("span", {}, text)));
  }

  private hasOutlines(kind: OutlineKind): boolean {
    if (kind === "zones") return this.data.zones !== null;
    return (kind === "news" ? this.data.changes : this.data.seasons).some((each) => each.polygons);
  }

  private legend(kind: Kind): Node[] {
    const picture = this.map.pictures.picture(kind);
    if (!picture || kind === "scene") return [];
    if (kind === "classes") {
      const pairs = alike(this.data.classes.filter((c) => this.map.pictures.shown.classes.has(String(c.code))));
      return [
        ...this.data.classes.map((c) => this.choice("classes", String(c.code), c.name, c.color)),
        ...(pairs.length > 0 ? [element("p", { class: "note" }, texts.alike(pairs))] : []),
      ];
    }
    if (kind === "change") return (Object.keys(groupColors) as Exclude<ChangeGroup, "same">[]).map((group) => this.choice("change", group, texts.group[group](this.followed), groupColors[group]));
    const text = kind === "density" ? (value: number) => number(value) : roundPercent, bar = element("div", { class: "ramp", "aria-hidden": "true" });
    bar.style.background = gradient(ramps[kind]);
    const unit = kind === "density" ? [element("p", { class: "note" }, texts.densityUnit)] : kind === "confidence" ? [element("p", { class: "note" }, texts.confidenceUnit)] : [];
    return [bar, element("div", { class: "ends" }, element("span", {}, text(picture.low)), element("span", {}, text((picture.low + picture.high) / 2)), element("span", {}, text(picture.high))), ...unit];
  }

  private choice(group: "classes" | "change", key: string, name: string, color: string): HTMLElement {
    const shown = this.map.pictures.shown[group];
    const check = checkbox(shown.has(key), (on) => {
      if (on) shown.add(key);
      else shown.delete(key);
      this.map.update();
      this.update();
      this.root.querySelector<HTMLElement>(`#shown-${group}-${key}`)?.focus();
    });
    check.id = `shown-${group}-${key}`;
    return element("label", { class: "choice" }, check, swatch(color), element("span", {}, name));
  }
}

function checkbox(on: boolean, change: (on: boolean) => void): HTMLInputElement {
  const made = element("input", { type: "checkbox" });
  made.checked = on;
  made.addEventListener("change", () => change(made.checked));
  return made;
}
