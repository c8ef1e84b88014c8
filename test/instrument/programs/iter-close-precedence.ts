// When the body throws and return() throws too, the body wins; on break, return()'s error wins.
export function main(log: Log): unknown {
  const iterable = (options: { onReturn?: () => unknown; onNext?: (n: number) => unknown; noReturn?: boolean }) => ({
    [Symbol.iterator]() {
      let n = 0;
      const iterator: any = {
        next() {
          log("next", n);
          return options.onNext ? options.onNext(n++) : { value: n++, done: false };
        },
        get return() {
          log("get return");
          return options.noReturn ? undefined : () => (log("return"), options.onReturn?.() ?? {});
        },
      };
      return iterator;
    },
  });
  const fail = (message: string) => () => {
    throw new Error(message);
  };
  const attempts: (() => unknown)[] = [
    () => {
      for (const x of iterable({ onReturn: fail("from return") }) as any) throw new Error("from body " + x);
    },
    () => {
      for (const _ of iterable({ onReturn: fail("from return") }) as any) break;
    },
    () => {
      for (const _ of iterable({ onReturn: () => 5 }) as any) return "unused";
    },
    () => {
      for (const _ of iterable({ onReturn: () => null as any }) as any) if (_ > 0) return "fine";
    },
    () => {
      for (const _ of iterable({ onNext: fail("from next"), onReturn: fail("not called") }) as any);
    },
    () => {
      for (const _ of iterable({ onNext: () => 7 }) as any);
    },
    () => {
      const [a, b] = iterable({ onReturn: () => ({}) }) as any;
      return [a, b];
    },
    () => {
      const [{ deep }] = iterable({ onNext: () => ({ value: null, done: false }) }) as any;
      return deep;
    },
    () => {
      const [a = fail("default")()] = iterable({ onNext: () => ({}), onReturn: fail("hidden") }) as any;
      return a;
    },
    () => {
      for (const { x } of iterable({ noReturn: true, onNext: (n) => ({ value: n ? null : { x: 1 }, done: false }) }) as any) log(x);
    },
    () => {
      const [...all] = iterable({ onNext: (n) => ({ value: n, done: n > 2 }) }) as any;
      return all;
    },
  ];
  return attempts.map((attempt) => {
    try {
      return attempt();
    } catch (error) {
      const { name, message } = error as Error;
      return message.startsWith("Cannot") ? name : `${name}: ${message}`;
    }
  });
}
