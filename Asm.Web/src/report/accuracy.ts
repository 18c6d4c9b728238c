import { element } from "../shared/dom";
import type { Data } from "./data";
import { number, percent } from "./numbers";
import { plainTable } from "./table";
import { texts } from "./texts";

/** An estimate as asm assess writes it. */
interface Estimate {
  estimate: number;
  low: number;
  high: number;
}

interface ClassFigures {
  class: string;
  mappedHectares?: number | null;
  users?: Estimate | null;
  producers?: Estimate | null;
  areaHectares?: Estimate | null;
}

/** The JSON of asm assess: from points, or from a reference map. Whatever is missing is not shown. */
export interface Assessment {
  classes?: string[];
  counts?: number[][];
  overall?: Estimate | null;
  perClass?: ClassFigures[];
  classAccuracy?: (number | null)[];
  meanIou?: number | null;
  iou?: (number | null)[];
  notes?: string[];
}

export function accuracy(data: Data): HTMLElement[] {
  if (!data.accuracy || data.accuracyMap === null) return [element("p", {}, texts.accuracyNone)];
  const found = data.accuracy as Assessment, made: HTMLElement[] = [];
  made.push(element("p", {}, found.perClass ? texts.accuracyOf(data.accuracyMap) : texts.accuracyMask(data.accuracyMap)));
  if (found.overall) made.push(element("p", { class: "large" }, `${texts.overall}: `, element("strong", {}, withInterval(found.overall, percent))));
  if (typeof found.meanIou === "number") made.push(element("p", { class: "large" }, `${texts.meanIou}: `, element("strong", {}, percent(found.meanIou))));
  if (found.perClass)
    made.push(scrolling(plainTable(["", texts.columns.users, texts.columns.producers, texts.columns.mapped, texts.columns.adjusted],
      found.perClass.map((c) => [c.class, withInterval(c.users, percent), withInterval(c.producers, percent), typeof c.mappedHectares === "number" ? number(c.mappedHectares) : "", withInterval(c.areaHectares, number)]))));
  else if (found.classes && (found.iou || found.classAccuracy))
    made.push(scrolling(plainTable(["", texts.columns.producers, texts.columns.iou], found.classes.map((name, i) => [name, share(found.classAccuracy?.[i]), share(found.iou?.[i])]))));
  if (found.counts && found.classes)
    made.push(scrolling(plainTable(["", ...found.classes], found.counts.map((row, i) => [found.classes![i] ?? "", ...row.map((count) => number(count))]), found.perClass ? texts.confusion : undefined)));
  made.push(...(found.notes ?? []).map((note) => element("p", { class: "note" }, note)));
  return made;
}

/** The estimate with half the width of its interval; of one cut at 0 or 1 the wider half. */
function withInterval(value: Estimate | null | undefined, text: (value: number) => string): string {
  if (!value) return "";
  return `${text(value.estimate)} \u00b1 ${text(Math.max(value.high - value.estimate, value.estimate - value.low))}`;
}

function share(value: number | null | undefined): string {
  return typeof value === "number" ? percent(value) : "";
}

function scrolling(table: HTMLElement): HTMLElement {
  return element("div", { class: "scroll" }, table);
}
