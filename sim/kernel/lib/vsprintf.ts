/** printf formats (lib/vsprintf.c). */
import { object_id } from "machine";

const DIRECTIVE = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?(hh|h|ll|l|L|q|z|Z|t|j)?([diouxXcspn%])/g;

const addresses = new WeakMap<object, number>();

/** A stable made-up address for %p. */
export function pointer_value(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value === "number") return value >>> 0;
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return 0;
  let address = addresses.get(value);
  if (address === undefined) {
    address = (0xc0000000 + object_id("address") * 0x40) >>> 0;
    addresses.set(value, address);
  }
  return address;
}

function unsigned_bits(size: string | undefined): bigint {
  if (size === "hh") return 8n;
  if (size === "h") return 16n;
  if (size === "ll" || size === "L" || size === "q" || size === "j") return 64n;
  return 32n;
}

function to_bigint(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
  return 0n;
}

function digits(
  value: unknown,
  size: string | undefined,
  conversion: string,
): { sign: string; text: string } {
  const wide = to_bigint(value);
  if (conversion === "d" || conversion === "i") {
    return wide < 0n ? { sign: "-", text: (-wide).toString() } : { sign: "", text: wide.toString() };
  }
  const narrow = size === "h" || size === "hh";
  const n = wide < 0n || narrow ? BigInt.asUintN(Number(unsigned_bits(size)), wide) : wide;
  if (conversion === "o") return { sign: "", text: n.toString(8) };
  if (conversion === "x") return { sign: "", text: n.toString(16) };
  if (conversion === "X") return { sign: "", text: n.toString(16).toUpperCase() };
  return { sign: "", text: n.toString() };
}

function number_text(
  value: unknown,
  flags: string,
  width: number,
  precision: number | null,
  size: string | undefined,
  conversion: string,
): string {
  const { sign: minus, text } = digits(value, size, conversion);
  let sign = minus;
  if (sign === "" && (conversion === "d" || conversion === "i"))
    sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  let prefix = sign;
  if (flags.includes("#") && text !== "0")
    prefix += conversion === "o" ? "0" : /x/i.test(conversion) ? `0${conversion}` : "";
  let body = precision === null ? text : text.padStart(precision, "0");
  if (flags.includes("0") && !flags.includes("-") && precision === null)
    body = body.padStart(width - prefix.length, "0");
  return prefix + body;
}

/** C's text of a char array: up to the first zero. */
export function c_string(value: unknown): string {
  if (value === null || value === undefined) return "<NULL>";
  if (value instanceof Uint8Array) {
    let text = "";
    for (let i = 0; i < value.length && value[i] !== 0; i++) text += String.fromCharCode(value[i] as number);
    return text;
  }
  if (typeof value === "object" && "v" in value && typeof value.v === "string") return value.v;
  return String(value);
}

/** Formats as C's vsprintf does: flags, width, precision, `*`, sizes; %d %i %u %x %X %o %c %s %p %%. */
export function vsprintf(fmt: string, args: readonly unknown[]): string {
  if (fmt.indexOf("%") < 0) return fmt;
  let next = 0;
  const take = (): unknown => args[next++];
  return fmt.replace(DIRECTIVE, (whole, flags0: string, width0, precision0, size, conversion: string) => {
    if (conversion === "%") return "%";
    let flags = flags0;
    let width = width0 === "*" ? Number(take()) : width0 === undefined ? 0 : Number(width0);
    if (width < 0) {
      flags += "-";
      width = -width;
    }
    const precision =
      precision0 === "*" ? Number(take()) : precision0 === undefined ? null : Number(precision0);
    if (next >= args.length) return whole;
    const value = take();
    let text: string;
    if (conversion === "s") {
      text = c_string(value);
      if (precision !== null) text = text.slice(0, precision);
    } else if (conversion === "c")
      text = typeof value === "number" ? String.fromCharCode(value & 0xff) : String(value);
    else if (conversion === "p") text = pointer_value(value).toString(16).padStart(8, "0");
    else if (conversion === "n") text = "";
    else text = number_text(value, flags, width, precision, size, conversion);
    return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
  });
}
