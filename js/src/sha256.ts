/** SHA-256 by FIPS 180-4. `crypto.subtle` is missing without a secure context, and a library is seven times as large. */

type State = [number, number, number, number, number, number, number, number];

/** In hex. */
export function sha256(message: Uint8Array): string {
  const primes = firstPrimes(64);
  const constants = primes.map((prime) => fraction(Math.cbrt(prime)));
  let state = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))) as State;
  const blocks = padded(message);
  const words = new Int32Array(64);
  for (let at = 0; at < blocks.byteLength; at += 64) {
    const word = (index: number): number => words[index] as number;
    for (let t = 0; t < 64; t += 1) {
      words[t] =
        t < 16
          ? blocks.getInt32(at + 4 * t)
          : mixed(word(t - 2), 17, 19, 10) + word(t - 7) + mixed(word(t - 15), 7, 18, 3) + word(t - 16);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 64; t += 1) {
      const sumE = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
      const sumA = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
      const first = h + sumE + ((e & f) ^ (~e & g)) + (constants[t] as number) + word(t);
      const second = sumA + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
    }
    const added: State = [a, b, c, d, e, f, g, h];
    state = state.map((value, index) => (value + (added[index] as number)) | 0) as State;
  }
  return state.map((value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
}

/** The message, a one, zeros, and its length in bits, in whole blocks of 64 bytes. */
function padded(message: Uint8Array): DataView {
  const bytes = new Uint8Array(64 * Math.ceil((message.length + 9) / 64));
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(8 * message.length));
  return view;
}

function rotated(value: number, bits: number): number {
  return (value >>> bits) | (value << (32 - bits));
}

function mixed(value: number, one: number, other: number, shift: number): number {
  return rotated(value, one) ^ rotated(value, other) ^ (value >>> shift);
}

/** The first 32 bits behind the point. */
function fraction(value: number): number {
  return ((value % 1) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let each = 2; primes.length < count; each += 1) {
    if (primes.every((prime) => each % prime > 0)) primes.push(each);
  }
  return primes;
}
