// The data that asm writes into the page, and what a person makes of it.
import { csvField } from "../shared/dom";

export interface PointClass {
  code: number;
  name: string;
  color: string;
}

export interface Point {
  id: string;
  x: string;
  y: string;
  /** The map's class: written to the CSV, never shown, so that it sways nobody. */
  class: string;
  /** A label that the points had when the page was made, or "". */
  reference: string;
  /** One picture a view, as data URIs; empty where none were made. */
  chips: string[];
}

export interface PageData {
  /** Tells pages apart in the browser's store. */
  key: string;
  classes: PointClass[];
  /** What the CSV says of a point that nobody can tell. */
  cannotTell: string;
  /** Names of the pictures of every point. */
  views: string[];
  points: Point[];
}

/** The labels of all points: class names, the word for "cannot tell", or "" for none. Kept in the browser after every change. */
export class Labels {
  readonly kept: boolean;
  private readonly references = new Map<string, string>();

  constructor(private readonly data: PageData, private readonly store: Storage | null) {
    for (const point of data.points) this.references.set(point.id, point.reference);
    const known = new Set([...data.classes.map((c) => c.name), data.cannotTell, ""]);
    try {
      const saved: unknown = JSON.parse(store?.getItem(this.storeKey) ?? "{}");
      if (saved && typeof saved === "object")
        for (const [id, label] of Object.entries(saved)) if (this.references.has(id) && typeof label === "string" && known.has(label)) this.references.set(id, label);
    } catch {
      // What another program left under this key is no reason not to begin.
    }
    this.kept = this.keep();
  }

  of(point: Point): string {
    return this.references.get(point.id) ?? "";
  }

  set(point: Point, label: string): void {
    this.references.set(point.id, label);
    this.keep();
  }

  startAgain(): void {
    for (const point of this.data.points) this.references.set(point.id, point.reference);
    this.keep();
  }

  get done(): number {
    return this.data.points.filter((p) => this.of(p) !== "").length;
  }

  /** The position of the next point without a label after a position, from the start again at the end; -1 where there is none. */
  nextOpen(after: number): number {
    const count = this.data.points.length;
    for (let step = 1; step <= count; step++) {
      const at = (after + step) % count;
      if (this.of(this.data.points[at]!) === "") return at;
    }
    return -1;
  }

  /** The file that asm assess reads. */
  toCsv(): string {
    const rows = this.data.points.map((p) => [p.id, p.x, p.y, p.class, this.of(p)]);
    return [["id", "x", "y", "class", "reference"], ...rows].map((row) => row.map(csvField).join(",")).join("\r\n") + "\r\n";
  }

  private get storeKey(): string {
    return `asm-labels-${this.data.key}`;
  }

  private keep(): boolean {
    try {
      this.store?.setItem(this.storeKey, JSON.stringify(Object.fromEntries(this.references)));
      return this.store !== null;
    } catch {
      return false;
    }
  }
}
