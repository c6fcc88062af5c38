/**
 * Digits of a number by Grisu2 (Loitsch, Printing Floating-Point Numbers Quickly and Accurately with Integers, PLDI
 * 2010), with the constants of the JSON library that Nix uses: now and then it gives a digit more than is needed, or
 * another last one than the host does.
 */

/** `f · 2^e`, with 64 bits. */
interface Scaled {
  readonly f: bigint;
  readonly e: number;
}

const BITS = 64;
const ONE = 1n;
/** The binary exponent of a scaled number lies between this and -32. */
const ALPHA = -60;
/** Powers of ten that numbers are scaled by: from here, one in so many. */
const FIRST_POWER = -300;
const POWER_STEP = 8;

/**
 * The digits and the exponent of the last one: 12.5 is `125` and -1.
 *
 * @param value finite, greater than zero
 */
export function grisuDigits(value: number): { readonly digits: string; readonly exponent: number } {
  const { exact, lower, upper } = neighbourhood(value);
  const power = powerFor(upper.e);
  const { f: scale, e: scaleExponent } = scaledPower(power);
  const scaled = ({ f, e }: Scaled): Scaled => ({ f: rounded(f * scale, BITS), e: e + scaleExponent + BITS });
  const high = scaled(upper);
  const low = scaled(lower);
  return generate(scaled(exact), { f: low.f + ONE, e: low.e }, { f: high.f - ONE, e: high.e }, -power);
}

/** The number, and the places halfway to the ones before and after it. */
function neighbourhood(value: number): { readonly exact: Scaled; readonly lower: Scaled; readonly upper: Scaled } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & ((ONE << 52n) - ONE);
  const f = biased === 0 ? fraction : fraction | (ONE << 52n);
  const e = (biased === 0 ? 1 : biased) - 1075;
  const upper = normal({ f: 2n * f + ONE, e: e - 1 });
  const half = fraction === 0n && biased > 1 ? { f: 4n * f - ONE, e: e - 2 } : { f: 2n * f - ONE, e: e - 1 };
  return { exact: normal({ f, e }), lower: { f: half.f << BigInt(half.e - upper.e), e: upper.e }, upper };
}

function normal({ f, e }: Scaled): Scaled {
  const shift = BITS - f.toString(2).length;
  return { f: f << BigInt(shift), e: e - shift };
}

/** A quotient by a power of two, rounded half up. */
function rounded(value: bigint, bits: number): bigint {
  return (value + (ONE << BigInt(bits - 1))) >> BigInt(bits);
}

/** The exponent of the power of ten that brings a number with this binary exponent where it is wanted. */
function powerFor(exponent: number): number {
  const wanted = ALPHA - exponent - 1;
  const least = Math.trunc((wanted * 78_913) / (1 << 18)) + (wanted > 0 ? 1 : 0);
  const index = Math.trunc((-FIRST_POWER + least + POWER_STEP - 1) / POWER_STEP);
  return FIRST_POWER + index * POWER_STEP;
}

function scaledPower(power: number): Scaled {
  const ten = 10n ** BigInt(Math.abs(power));
  if (power >= 0) {
    const length = ten.toString(2).length;
    return length <= BITS ? normal({ f: ten, e: 0 }) : { f: rounded(ten, length - BITS), e: length - BITS };
  }
  const shift = ten.toString(2).length + BITS - 1;
  const quotient = (ONE << BigInt(shift + 1)) / ten;
  return { f: rounded(quotient, 1), e: -shift };
}

function generate(
  exact: Scaled,
  low: Scaled,
  high: Scaled,
  start: number,
): { readonly digits: string; readonly exponent: number } {
  const shift = BigInt(-high.e);
  const unit = ONE << shift;
  let delta = high.f - low.f;
  let distance = high.f - exact.f;
  const whole = high.f >> shift;
  let fraction = high.f & (unit - ONE);
  const digits = [...whole.toString()].map(Number);
  let rest = whole;
  for (let i = 1; i <= digits.length; i++) {
    const ten = 10n ** BigInt(digits.length - i);
    rest %= ten;
    const left = (rest << shift) + fraction;
    if (left <= delta) {
      const kept = digits.slice(0, i);
      approach(kept, distance, delta, left, ten << shift);
      return { digits: kept.join(''), exponent: start + digits.length - i };
    }
  }
  let exponent = start;
  do {
    fraction *= 10n;
    digits.push(Number(fraction >> shift));
    fraction &= unit - ONE;
    exponent--;
    delta *= 10n;
    distance *= 10n;
  } while (fraction > delta);
  approach(digits, distance, delta, fraction, unit);
  return { digits: digits.join(''), exponent };
}

/** Lowers the last digit as long as that comes nearer to the number. */
function approach(digits: number[], distance: bigint, delta: bigint, left: bigint, step: bigint): void {
  let rest = left;
  while (
    rest < distance &&
    delta - rest >= step &&
    (rest + step < distance || distance - rest > rest + step - distance)
  ) {
    digits[digits.length - 1]! -= 1;
    rest += step;
  }
}
