/** The natives that an expression may call without changing anything: the allow-list of hovers, watches and conditions. */

/** The global functions, which the linter would have replaced by stricter ones; users may call them. */
const { isNaN: isNaNOfAny, isFinite: isFiniteOfAny } = globalThis;

const ARRAY =
  "at concat entries every filter find findIndex findLast findLastIndex flat flatMap forEach includes indexOf join keys lastIndexOf map reduce reduceRight slice some toReversed toSorted toSpliced values with";
const TYPED_ARRAY =
  "at entries every filter find findIndex findLast findLastIndex forEach includes indexOf join keys lastIndexOf map reduce reduceRight slice some subarray toReversed toSorted values with";
const DATA_VIEW =
  "getInt8 getUint8 getInt16 getUint16 getInt32 getUint32 getFloat32 getFloat64 getBigInt64 getBigUint64";
const MAP = "get has keys values entries forEach";
const SET = "has keys values entries forEach";
const OBJECT_STATIC = "keys values entries is hasOwn fromEntries getOwnPropertyNames getPrototypeOf isFrozen";
const OBJECT = "hasOwnProperty isPrototypeOf propertyIsEnumerable";

const typedArray = Object.getPrototypeOf(Uint8Array) as { prototype: object };

function members(holder: object, names: Iterable<string>): unknown[] {
  return [...names].map((name) => Object.getOwnPropertyDescriptor(holder, name)?.value as unknown);
}

function listed(holder: object, names: string): unknown[] {
  return members(holder, names.split(" "));
}

function all(holder: object, except: readonly string[] = []): unknown[] {
  return members(
    holder,
    Object.getOwnPropertyNames(holder).filter((name) => name !== "constructor" && !except.includes(name)),
  );
}

const pure: ReadonlySet<unknown> = new Set(
  [
    listed(Array.prototype, ARRAY),
    listed(typedArray.prototype, TYPED_ARRAY),
    listed(DataView.prototype, DATA_VIEW),
    listed(Map.prototype, MAP),
    listed(Set.prototype, SET),
    listed(WeakMap.prototype, "get has"),
    listed(WeakSet.prototype, "has"),
    listed(Object, OBJECT_STATIC),
    listed(Object.prototype, OBJECT),
    listed(Array, "isArray of from"),
    all(Number),
    all(Number.prototype),
    all(String.prototype),
    all(BigInt),
    all(BigInt.prototype),
    all(Math, ["random"]),
    listed(String, "fromCharCode fromCodePoint raw"),
    [Boolean, Number, String, BigInt, parseInt, parseFloat, isNaNOfAny, isFiniteOfAny],
  ]
    .flat()
    .filter((value) => typeof value === "function"),
);

/** Calling it changes nothing, provided that the functions among its arguments change nothing. */
export function isPureNative(fn: unknown): boolean {
  return pure.has(fn);
}

const nativeGetters: ReadonlySet<unknown> = new Set(
  [
    [Map.prototype, "size"],
    [Set.prototype, "size"],
    [typedArray.prototype, "length"],
    [typedArray.prototype, "byteLength"],
    [typedArray.prototype, "byteOffset"],
    [typedArray.prototype, "buffer"],
    [ArrayBuffer.prototype, "byteLength"],
    [DataView.prototype, "byteLength"],
    [DataView.prototype, "byteOffset"],
    [DataView.prototype, "buffer"],
    [RegExp.prototype, "source"],
    [RegExp.prototype, "flags"],
    [Symbol.prototype, "description"],
    [Object.prototype, "__proto__"],
  ].map(([holder, name]) => Object.getOwnPropertyDescriptor(holder as object, name as string)?.get),
);

export function isNativeGetter(getter: unknown): boolean {
  return nativeGetters.has(getter);
}

/** Global names that an expression may use. */
export const GLOBALS: Readonly<Record<string, unknown>> = {
  undefined,
  NaN,
  Infinity,
  Math,
  Number,
  String,
  Boolean,
  BigInt,
  Array,
  Object,
  Map,
  Set,
  Symbol,
  parseInt,
  parseFloat,
  isNaN: isNaNOfAny,
  isFinite: isFiniteOfAny,
};
