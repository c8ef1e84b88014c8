type Listener = (key: string, value: unknown) => void;
const data = new Map<string, unknown>();
const listeners = new Set<Listener>();
export let version = 0;
export const store = new Proxy({} as Record<string, any>, {
  get: (_, key: string) => data.get(key),
  set(_, key: string, value) {
    version++;
    data.set(key, value);
    for (const l of [...listeners]) l(key, value);
    return true;
  },
  deleteProperty: (_, key: string) => data.delete(key) && ++version > 0,
  ownKeys: () => [...data.keys()],
  getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
});
export function watch(l: Listener) {
  listeners.add(l);
  return () => listeners.delete(l);
}
