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

/** Identity numbers (GB 11643) that end in X, whatever stands around them. */
const identityWithX = /(?<!\d)\d{17}[Xx]/g;

/** A mobile number as people group it: `138 1234 5678`, `138-1234-5678`. */
const groupedMobile = /(?<![\d-])1[3-9]\d[ -]\d{4}[ -]\d{4}(?!\d)/g;

/** Digits as a Chinese keyboard may give them. */
const wideDigits = /[０-９]{7,}/g;

/** The text with everything that looks like a phone or identity number masked. */
export function maskNumbersIn(text: string): string {
  return text
    .replace(wideDigits, (found) => found.normalize('NFKC'))
    .replace(identityWithX, (found) => maskNumber(found))
    .replace(groupedMobile, (found) => maskNumber(found.replaceAll(/\D/g, '')))
    .replace(numberInText, (found) => maskNumber(found));
}
