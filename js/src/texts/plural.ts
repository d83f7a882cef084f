/** Of the words, the numbers and the dates. */
export const language = "en-GB";

export const grouped = (count: number): string => new Intl.NumberFormat(language).format(count);

export const plural = (count: number, one: string, many: string): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;
