import { csvField, element, save } from "../shared/dom";
import { texts } from "./texts";

export interface Column<Row> {
  title: string;
  /** What the cell holds: sorted by, and written to the CSV. */
  value: (row: Row) => string | number | null;
  /** What the cell shows; the value as it is where missing. */
  show?: (row: Row) => string | Node;
  /** Long texts, which the table cuts short. */
  long?: boolean;
}

/** Rows that a table shows until it is unfolded: on the screen, and on paper. */
const shownAtFirst = 12, shownOnPaper = 60;

/** A table that sorts by any column, unfolds, and saves itself as CSV. */
export class Table<Row> {
  readonly root = element("div", { class: "table" });
  private readonly scroll = element("div", { class: "scroll", tabindex: "0", role: "region" });
  private readonly buttons = element("p", { class: "buttons" });
  private sortBy = -1;
  private descending = false;
  private unfolded = false;

  /** @param totals rows that stay below whatever the order. */
  constructor(private readonly name: string, title: string, private columns: Column<Row>[], private rows: Row[], private totals: Row[] = [], private readonly action?: (row: Row) => { title: string; run: () => void } | null) {
    this.scroll.setAttribute("aria-label", title);
    this.root.append(this.scroll, this.buttons);
    this.draw();
  }

  /** Shows other rows. */
  set(columns: Column<Row>[], rows: Row[], totals: Row[] = []): void {
    if (columns.length !== this.columns.length || columns.some((column, i) => column.title !== this.columns[i]!.title)) this.sortBy = -1;
    [this.columns, this.rows, this.totals] = [columns, rows, totals];
    this.draw();
  }

  private sorted(): Row[] {
    const column = this.columns[this.sortBy];
    if (!column) return this.rows;
    const sign = this.descending ? -1 : 1;
    return [...this.rows].sort((a, b) => {
      const x = column.value(a), y = column.value(b);
      // What is missing comes last in both orders.
      if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
      return sign * (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), undefined, { numeric: true }));
    });
  }

  private draw(): void {
    const rows = this.sorted(), hidden = this.unfolded ? 0 : Math.max(0, rows.length - shownAtFirst);
    const cells = (row: Row, rowIsTotal: boolean) => {
      const made = this.columns.map((column, i) => {
        const value = column.value(row), shown = column.show ? column.show(row) : String(value ?? "");
        const cell = element(i === 0 ? "th" : "td", i === 0 ? { scope: "row" } : {}, shown);
        if (typeof value === "number") cell.classList.add("number");
        if (column.long) {
          cell.classList.add("long");
          cell.title = String(value ?? "");
        }
        return cell;
      });
      const action = rowIsTotal ? null : this.action?.(row);
      // Beside the name: wide tables scroll.
      if (this.action) made.splice(1, 0, element("td", { class: "act" }, ...(action ? [actionButton(action)] : [])));
      return element("tr", {}, ...made);
    };
    const heads = this.columns.map((column, i) => {
      const button = element("button", { type: "button" }, column.title);
      button.addEventListener("click", () => this.sort(i));
      const head = element("th", { scope: "col" }, button);
      if (this.rows.length > 0 && typeof column.value(this.rows[0]!) === "number") head.classList.add("number");
      if (i === this.sortBy) head.setAttribute("aria-sort", this.descending ? "descending" : "ascending");
      return head;
    });
    if (this.action) heads.splice(1, 0, element("th", { class: "act" }, element("span", { class: "hidden" }, texts.showOnMap)));
    const body = element("tbody", {}, ...rows.map((row, i) => {
      const made = cells(row, false);
      if (!this.unfolded && i >= shownAtFirst) made.classList.add("folded", i < shownOnPaper ? "near" : "far");
      return made;
    }));
    const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body);
    if (this.totals.length > 0) table.append(element("tfoot", {}, ...this.totals.map((row) => cells(row, true))));
    this.scroll.replaceChildren(this.rows.length + this.totals.length > 0 ? table : element("p", {}, texts.emptyTable));
    const csv = element("button", { type: "button", class: "export" }, texts.exportCsv);
    csv.addEventListener("click", () => save(`${this.name}.csv`, this.toCsv()));
    this.buttons.replaceChildren(csv);
    if (hidden > 0) {
      const more = element("button", { type: "button" }, texts.more(rows.length));
      more.addEventListener("click", () => {
        this.unfolded = true;
        this.draw();
      });
      this.buttons.append(more);
    }
  }

  private sort(column: number): void {
    // Numbers are looked at from the largest.
    const first = this.rows[0], numbers = first !== undefined && typeof this.columns[column]!.value(first) === "number";
    this.descending = this.sortBy === column ? !this.descending : numbers;
    this.sortBy = column;
    this.draw();
    this.scroll.querySelectorAll<HTMLButtonElement>("thead button")[column]?.focus();
  }

  private toCsv(): string {
    const rows = [this.columns.map((column) => column.title), ...[...this.sorted(), ...this.totals].map((row) => this.columns.map((column) => String(column.value(row) ?? "")))];
    return rows.map((row) => row.map(csvField).join(",")).join("\r\n") + "\r\n";
  }
}

function actionButton(action: { title: string; run: () => void }): HTMLButtonElement {
  const made = element("button", { type: "button", "aria-label": action.title }, texts.showOnMap);
  made.addEventListener("click", action.run);
  return made;
}

/** A small table that neither sorts nor saves. */
export function plainTable(heads: string[], rows: (string | Node)[][], caption?: string): HTMLTableElement {
  const table = element("table", { class: "plain" });
  if (caption) table.append(element("caption", {}, caption));
  table.append(
    element("thead", {}, element("tr", {}, ...heads.map((head, i) => element("th", { scope: "col", class: i === 0 ? "" : "number" }, head)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell, i) => (i === 0 ? element("th", { scope: "row" }, cell) : element("td", { class: "number" }, cell)))))),
  );
  return table;
}
