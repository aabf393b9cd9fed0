/**
 * A phone number with its middle hidden: the first three and the last four digits of a mobile
 * number stay (138****5678), less of a short one. Withheld numbers stay empty.
 */
export function maskNumber(number: string): string {
  if (number === '') return '';
  if (number.length <= 4) return '*'.repeat(number.length);
  if (number.length <= 8) return `${'*'.repeat(number.length - 3)}${number.slice(-3)}`;
  return `${number.slice(0, 3)}${'*'.repeat(number.length - 7)}${number.slice(-4)}`;
}

const numberInText = /(?<![\dA-Za-z-])\+?\d{7,20}(?![\dA-Za-z-])/g;

/** The text with everything that looks like a phone or identity number masked. */
export function maskNumbersIn(text: string): string {
  return text.replace(numberInText, (found) => maskNumber(found));
}
