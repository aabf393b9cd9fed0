/** Digits with a country code before a mobile number, however it is written. */
const countryCode = /^(?:\+|00)?86(?=1[3-9]\d{9}$)/;
/** The trunk 0 that some networks put before a mobile number of another city. */
const trunkZero = /^0(?=1[3-9]\d{9}$)/;

/**
 * One spelling of a number, so that a list of callers and the network agree: without blanks and
 * hyphens, a mobile number without `+86` and without a leading 0. Fixed lines keep their area code.
 * Empty when it is no number.
 */
export function plainNumber(number: string): string {
  const digits = number.replace(/[\s()（）-]/g, '');
  if (!/^\+?\d{3,20}$/.test(digits)) return '';
  return digits.replace(countryCode, '').replace(trunkZero, '');
}
