// Numbers as people read them. A translation changes the locale here.
const locale = "en";
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const coarse = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A whole number, or one with three digits that count. */
export function number(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100 ? whole.format(value) : coarse.format(value);
}

/** A share in whole percent, for the ends of a scale. */
export function roundPercent(value: number): string {
  return `${whole.format(100 * value)}\u00a0%`;
}

/** With two decimals, as tables have hectares. */
export function exact(value: number): string {
  return fine.format(value);
}

export function hectares(value: number): string {
  return `${number(value)} ha`;
}

export function percent(value: number): string {
  return `${tenth.format(100 * value)}\u00a0%`;
}

export function changeName(before: string, after: string): string {
  return `${before} \u2192 ${after}`;
}
