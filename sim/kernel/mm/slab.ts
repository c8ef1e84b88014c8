/** kmalloc and its family (mm/slab.c): objects that know when they are used after kfree. */
import { emit, free_bytes, free_object, is_freed, point } from "machine";
import { should_fail } from "../kernel/fault.ts";
import { check_arg, emit_misuse } from "../kernel/misuse.ts";
import { dump_stack } from "../kernel/panic.ts";
import { KERN_ERR, KERN_WARNING, printk } from "../kernel/printk.ts";
import { __might_sleep, get$current } from "../kernel/sched.ts";
import { type struct_array, struct_type, type struct_view } from "../lib/struct.ts";
import { __GFP_NOWARN, __GFP_WAIT } from "./gfp.ts";
import { embedded_parts, size_of } from "./layout.ts";

/** A struct: the class stands where C has sizeof. */
export type struct_class<T extends object> = new () => T;

/** What the allocator knows of an object. */
class allocation {
  /** Class name, or "bytes". */
  what = "";
  size = 0;
  /** How it must be freed: "kfree", "vfree", "kmem_cache_free", or the function of its own. */
  how = "kfree";
  /** Structures that lie in it: freed with it. */
  parts: object[] = [];
  cache: kmem_cache | null = null;
  freed = false;
}

const allocations = new WeakMap<object, allocation>();
let bytes_allocated = 0;
/** Memory of the machine. */
let byte_limit = 64 * 1024 * 1024;
const NOTHING = {};

/** Sets how many bytes the kernel can hand out. */
export function set_memory_limit(bytes: number): void {
  byte_limit = bytes;
}

/** Bytes handed out and not freed. */
export function memory_in_use(): number {
  return bytes_allocated;
}

function out_of_memory(size: number, gfp: number): boolean {
  if (bytes_allocated + size <= byte_limit) return false;
  if ((gfp & __GFP_NOWARN) === 0) {
    const order = Math.max(0, Math.ceil(Math.log2(size / 4096)));
    printk(
      `${KERN_WARNING}%s: page allocation failure. order:%d, mode:0x%x\n`,
      get$current().comm,
      order,
      gfp,
    );
    dump_stack();
  }
  return true;
}

function record(object: object, what: string, size: number, how: string): allocation {
  const a = new allocation();
  a.what = what;
  a.size = size;
  a.how = how;
  a.parts = embedded_parts(object);
  allocations.set(object, a);
  bytes_allocated += size;
  return a;
}

/**
 * Enters an object of the kernel's own (sk_buff, net_device …) into the books, so that kfree and the rules know it.
 * @param how the function that frees it
 */
export function memory_register(object: object, what: string, size: number, gfp: number, how: string): void {
  record(object, what, size, how);
  emit({ type: "memory-allocated", object, what, size, gfp, failed: false });
}

/** The object of memory_register has been freed by its own function: poisons it and all that lies in it. */
export function memory_release(object: object, how: string): void {
  const a = allocations.get(object);
  emit({ type: "memory-freed", object, what: a?.what ?? "object", how });
  if (a !== undefined) poison(object, a);
  else free_object(object, "object");
}

/** What kind of thing the allocator made of it ("my_priv", "bytes", "net_device" …); null if it made nothing of the kind. */
export function memory_kind(object: object): string | null {
  return allocations.get(object)?.what ?? null;
}

function poison(object: object, a: allocation): void {
  a.freed = true;
  bytes_allocated -= a.size;
  free_object(object, a.what);
  if (object instanceof Uint8Array) free_bytes(object, object, a.what);
  for (const part of a.parts) free_object(part, a.what);
}

/** One allocation: flags checked, faults injected, `make` called if there is memory. */
function allocate<T extends object>(
  fn: string,
  what: string,
  size: number,
  gfp: number,
  how: string,
  make: () => T,
): T | null {
  point();
  if (gfp & __GFP_WAIT) __might_sleep(fn, gfp);
  if (should_fail("kmalloc") || out_of_memory(size, gfp)) {
    emit({ type: "memory-allocated", object: NOTHING, what, size, gfp, failed: true });
    return null;
  }
  const object = make();
  record(object, what, size, how);
  emit({ type: "memory-allocated", object, what, size, gfp, failed: false });
  return object;
}

/** A size, a class, or a struct. */
type any_type = number | struct_class<object> | object;

function allocate_any(fn: string, type: any_type, count: number | null, gfp: number): object | null {
  check_arg(fn, "flags", gfp, "number");
  if (count !== null) check_arg(fn, "count", count, "size");
  if (typeof type === "number") {
    check_arg(fn, "size", type, "size");
    const size = type * (count ?? 1);
    return allocate(fn, "bytes", size, gfp, "kfree", () => new Uint8Array(size));
  }
  if (type instanceof struct_type) return allocate_views(fn, type as struct_type<unknown>, count, gfp);
  check_arg(fn, "type (a size, a class or a struct)", type, "function");
  const cls = type as struct_class<object>;
  const first = new cls();
  const size = size_of(first) * (count ?? 1);
  if (count === null) return allocate(fn, cls.name, size, gfp, "kfree", () => first);
  return allocate(fn, `${cls.name}[]`, size, gfp, "kfree", () => {
    const array = [first];
    while (array.length < count) array.push(new cls());
    return array.slice(0, count);
  });
}

function allocate_views(
  fn: string,
  type: struct_type<unknown>,
  count: number | null,
  gfp: number,
): object | null {
  const size = type.size * (count ?? 1);
  return allocate<object>(fn, "struct", size, gfp, "kfree", () => {
    const bytes = new Uint8Array(size);
    return count === null ? type.at(bytes) : type.array(bytes, count);
  });
}

/**
 * Allocates memory: `kmalloc(my_struct, gfp)` an object with its initial values, `kmalloc(n, gfp)` n bytes,
 * `kmalloc(type, count, gfp)` an array of structs (views, if `type` is a `struct({…})`). GFP_KERNEL may sleep: process
 * context, no spinlock, interrupts on; GFP_ATOMIC anywhere. @returns null when memory runs out. Free with kfree.
 * Linux mm/slab.c: kmalloc.
 */
export function kmalloc(size: number, flags: number): Uint8Array | null;
export function kmalloc<T extends object>(type: struct_class<T>, flags: number): T | null;
export function kmalloc<T extends object>(type: struct_class<T>, count: number, flags: number): T[] | null;
export function kmalloc<S>(type: struct_type<S>, flags: number): struct_view<S> | null;
export function kmalloc<S>(type: struct_type<S>, count: number, flags: number): struct_array<S> | null;
export function kmalloc(type: any_type, a: number, b?: number): object | null {
  return b === undefined ? allocate_any("kmalloc", type, null, a) : allocate_any("kmalloc", type, a, b);
}

/** kmalloc of zeroed memory (here kmalloc zeroes as well: do not rely on it). Linux mm/util.c: kzalloc. */
export function kzalloc(size: number, flags: number): Uint8Array | null;
export function kzalloc<T extends object>(type: struct_class<T>, flags: number): T | null;
export function kzalloc<T extends object>(type: struct_class<T>, count: number, flags: number): T[] | null;
export function kzalloc<S>(type: struct_type<S>, flags: number): struct_view<S> | null;
export function kzalloc<S>(type: struct_type<S>, count: number, flags: number): struct_array<S> | null;
export function kzalloc(type: any_type, a: number, b?: number): object | null {
  return b === undefined ? allocate_any("kzalloc", type, null, a) : allocate_any("kzalloc", type, a, b);
}

/** An array of `n` zeroed elements. May sleep with GFP_KERNEL. Linux mm/slab.c: kcalloc. */
export function kcalloc(n: number, size: number, flags: number): Uint8Array | null;
export function kcalloc<T extends object>(n: number, type: struct_class<T>, flags: number): T[] | null;
export function kcalloc<S>(n: number, type: struct_type<S>, flags: number): struct_array<S> | null;
export function kcalloc(n: number, type: any_type, flags: number): object | null {
  check_arg("kcalloc", "n", n, "size");
  return allocate_any("kcalloc", type, n, flags);
}

/**
 * Frees memory of kmalloc, kzalloc, kcalloc, kstrdup. null is fine. Any context. From here on each use of it is a use
 * after free. Linux mm/slab.c: kfree.
 */
export function kfree(object: object | null): void {
  if (object === null) {
    emit({ type: "memory-freed", object: null, what: "null", how: "kfree" });
    return;
  }
  check_arg("kfree", "object", object, "object");
  release("kfree", object);
}

/** Frees an object by function `how`; wrong frees are told (double, not allocated, of another allocator). */
export function release(how: string, object: object): void {
  point();
  const a = allocations.get(object);
  const wrong = what_is_wrong(how, object, a);
  const what = a?.what ?? object.constructor?.name ?? "object";
  if (wrong === null) {
    emit({ type: "memory-freed", object, what, how });
  } else {
    emit({ type: "memory-freed", object, what, how, wrong });
    wrong_free(how, what, wrong);
  }
  if (wrong === "not-allocated" || wrong === "double") return;
  if (a !== undefined) poison(object, a);
}

function what_is_wrong(how: string, object: object, a: allocation | undefined): string | null {
  if (a?.freed === true || is_freed(object)) return "double";
  if (a === undefined) return "not-allocated";
  return a.how === how ? null : `allocated-for-${a.how}`;
}

function wrong_free(how: string, what: string, wrong: string): void {
  if (wrong === "double") printk(`${KERN_ERR}slab error: double free of a ${what} detected\n`);
  else if (wrong === "not-allocated") printk(`${KERN_ERR}${how}: a ${what} that was never allocated\n`);
  else printk(`${KERN_ERR}${how}: a ${what}, which ${wrong.slice("allocated-for-".length)} frees\n`);
  dump_stack();
}

/** Bytes that an object of kmalloc takes. Any context. Linux mm/slab.c: ksize. */
export function ksize(object: object): number {
  check_arg("ksize", "object", object, "object");
  return allocations.get(object)?.size ?? 0;
}

/** A cache of objects of one type (kmem_cache_t). */
export class kmem_cache {
  name = "";
  type: struct_class<object> | number = 0;
  ctor: ((object: never, cache: kmem_cache, flags: number) => void) | null = null;
  live = 0;
  destroyed = false;
}
export type kmem_cache_t = kmem_cache;

export const SLAB_HWCACHE_ALIGN = 0x2000;
export const SLAB_PANIC = 0x40000;

/** Makes a cache of objects of class `type`. Process context. @returns null on failure. Linux mm/slab.c: kmem_cache_create. */
export function kmem_cache_create<T extends object>(
  name: string,
  type: struct_class<T>,
  _align = 0,
  _flags = 0,
  ctor: ((object: T, cache: kmem_cache, flags: number) => void) | null = null,
): kmem_cache | null {
  check_arg("kmem_cache_create", "name", name, "string");
  check_arg("kmem_cache_create", "type", type, "function");
  __might_sleep("kmem_cache_create");
  if (should_fail("kmem_cache_create")) return null;
  const cache = new kmem_cache();
  cache.name = name;
  cache.type = type;
  cache.ctor = ctor;
  return cache;
}

/** An object of a cache. May sleep with GFP_KERNEL. @returns null when memory runs out. Linux mm/slab.c: kmem_cache_alloc. */
export function kmem_cache_alloc<T extends object>(cache: kmem_cache, flags: number): T | null {
  check_arg("kmem_cache_alloc", "cache", cache, kmem_cache);
  const type = cache.type as struct_class<object>;
  const object = new type();
  const got = allocate(
    "kmem_cache_alloc",
    type.name,
    size_of(object),
    flags,
    "kmem_cache_free",
    () => object,
  );
  if (got === null) return null;
  (allocations.get(got) as allocation).cache = cache;
  cache.live++;
  cache.ctor?.(got as never, cache, 0);
  return got as T;
}

/** Gives an object back to its cache. Any context. Linux mm/slab.c: kmem_cache_free. */
export function kmem_cache_free(cache: kmem_cache, object: object): void {
  check_arg("kmem_cache_free", "cache", cache, kmem_cache);
  check_arg("kmem_cache_free", "object", object, "object");
  const a = allocations.get(object);
  if (a !== undefined && a.cache !== cache)
    emit_misuse("kmem_cache_free", `kmem_cache_free(): the object is not of cache ${cache.name}`);
  else if (a?.freed === false) cache.live--;
  release("kmem_cache_free", object);
}

/** Ends a cache; all objects must be free. Process context. @returns 0, or 1 if objects are left. Linux mm/slab.c: kmem_cache_destroy. */
export function kmem_cache_destroy(cache: kmem_cache): 0 | 1 {
  check_arg("kmem_cache_destroy", "cache", cache, kmem_cache);
  __might_sleep("kmem_cache_destroy");
  if (cache.live > 0) {
    printk(`${KERN_ERR}slab error in kmem_cache_destroy(): cache \`${cache.name}': Can't free all objects\n`);
    dump_stack();
    return 1;
  }
  cache.destroyed = true;
  return 0;
}

/** Allocation by any function of the kernel's own, for mm/vmalloc.ts. */
export function allocate_bytes(fn: string, size: number, gfp: number, how: string): Uint8Array | null {
  return allocate(fn, "bytes", size, gfp, how, () => new Uint8Array(size));
}
/** A struct for mm/vmalloc.ts and its like. */
export function allocate_struct<T extends object>(
  fn: string,
  type: struct_class<T>,
  gfp: number,
  how: string,
): T | null {
  const object = new type();
  return allocate(fn, type.name, size_of(object), gfp, how, () => object);
}
