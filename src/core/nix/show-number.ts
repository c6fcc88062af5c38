import { type NixFloat, WRITTEN_NAN } from './value';

/** More digits than a double that lies halfway between two short decimals can have. */
const EXACT = 60;

/** A float as C++ streams print it by default: `%g`, six significant digits. */
export function showFloat(float: NixFloat): string {
  return float === WRITTEN_NAN ? 'nan' : shortFloat(float.value);
}

/** {@link showFloat} of a number that nobody wrote as NaN. */
export function shortFloat(value: number): string {
  if (Number.isNaN(value)) {
    return '-nan';
  }
  if (!Number.isFinite(value)) {
    return value < 0 ? '-inf' : 'inf';
  }
  if (value === 0) {
    return Object.is(value, -0) ? '-0' : '0';
  }
  const [mantissa, exponentText] = toSixDigits(value).split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 6) {
    const digits = Math.abs(exponent) < 10 ? `0${Math.abs(exponent)}` : String(Math.abs(exponent));
    return `${trimZeros(mantissa)}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  return trimZeros(Number(`${mantissa}e${exponent}`).toFixed(Math.max(0, 5 - exponent)));
}

/** `%f`: six digits after the point; what `toString` gives. */
export function fixedFloat(float: NixFloat): string {
  const { value } = float;
  if (!Number.isFinite(value)) {
    return showFloat(float);
  }
  if (Math.abs(value) >= 1e21) {
    return `${BigInt(value)}.000000`;
  }
  const half = /^(-?\d+\.\d{5}[02468])50*$/.exec(value.toFixed(EXACT));
  return half?.[1] ?? (Object.is(value, -0) ? '-0.000000' : value.toFixed(6));
}

/** As `toExponential(5)`, but what lies halfway goes to the even digit, as in C, rather than away from zero. */
function toSixDigits(value: number): string {
  const half = /^(-?\d\.\d{4}[02468])50*(e.*)$/.exec(value.toExponential(EXACT));
  return half === null ? value.toExponential(5) : `${half[1]}${half[2]}`;
}

function trimZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}
