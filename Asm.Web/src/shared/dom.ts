/** An element with attributes and content; texts in the content stay texts, whatever they look like. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...content: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

/** Saves a text as a file. */
export function save(name: string, text: string): void {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Characters that steer, turn or hide text, and what looks like their escapes. */
const hidden = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\\(?=u[0-9a-fA-F]{4})/gu;

/** A field of a CSV file, in quotes where it needs them: the same cell as asm writes, which is no formula of a spreadsheet. */
export function csvField(text: string): string {
  const escaped = text.replace(hidden, (c) => Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""));
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(escaped);
  const cell = /^'*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(escaped) && !isNumber ? `'${escaped}` : escaped;
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
