// Hoisted functions, functions in blocks, temporal dead zones, shadowing, typeof on unreachable names.
export function main(log: Log): unknown {
  log(typeof hoisted, typeof later, hoisted());
  var later: any = 1;
  function hoisted() {
    return inner();
    function inner() {
      return typeof later;
    }
  }
  const out: unknown[] = [];
  const attempt = (f: () => unknown) => {
    try {
      out.push(f());
    } catch (error) {
      out.push(`${(error as Error).name}: ${(error as Error).message}`);
    }
  };
  {
    attempt(() => dead);
    attempt(() => typeof dead);
    attempt(() => (dead = 5));
    attempt(() => inBlock());
    let dead = 1;
    function inBlock() {
      return dead++;
    }
    attempt(inBlock);
    attempt(() => dead);
  }
  let x = "outer";
  {
    attempt(() => x);
    const probe = () => x;
    let y = x;
    {
      // @ts-ignore
      attempt(() => x + w);
      let w = "inner y";
      attempt(probe);
    }
  }
  attempt(() => {
    const self = () => (self as any).tag ?? loop;
    const loop: any = [self()];
    return loop;
  });
  attempt(() => new Early());
  class Early {
    static x = 1;
  }
  attempt(() => new Early().constructor.name);
  attempt(() => {
    for (let i = i_(); ; ) return i;
    function i_() {
      return "from hoisted";
    }
  });
  // @ts-ignore
  attempt(() => { for (const z of [z]) return z; });
  attempt(() => typeof (undeclared as any));
  attempt(() => (undeclared as any));
  attempt(() => { let a = 1; { let a = 2; { var b = a; } } return [a, b!]; });
  return [out, x, later];
}
declare const undeclared: unknown;
