// Composed middleware with next(), double next, early answers, error layers, and shared context.
interface Context {
  path: string;
  trail: string[];
  body?: unknown;
  status: number;
}
type Middleware = (this: Context, ctx: Context, next: () => unknown) => unknown;
const compose = (layers: readonly Middleware[]) => (ctx: Context, last?: Middleware) => {
  let reached = -1;
  const dispatch = (i: number): unknown => {
    if (i <= reached) throw new Error(`next() called twice by ${layers[i - 1]?.name}`);
    reached = i;
    const layer = layers[i] ?? (i === layers.length ? last : undefined);
    return layer?.call(ctx, ctx, dispatch.bind(null, i + 1));
  };
  return dispatch(0);
};
export function main(log: Log): unknown {
  const timing: Middleware = function timing(ctx, next) {
    ctx.trail.push("in");
    try {
      return next();
    } finally {
      ctx.trail.push("out");
      log(ctx.path, ctx.trail.join(">"));
    }
  };
  const errors: Middleware = (ctx, next) => {
    try {
      next();
    } catch ({ name, message }: any) {
      Object.assign(ctx, { status: name === "RangeError" ? 416 : 500, body: message });
      return "handled";
    }
    return ctx.body === undefined ? ((ctx.status = 404), "missing") : "fine";
  };
  const routes: Record<string, Middleware> = {
    "/ok": function () {
      this.body = { hello: this.path };
    },
    "/range": () => {
      throw new RangeError("too far");
    },
    "/twice": function twice(ctx, next) {
      return [next(), next()];
    },
    get "/lazy"() {
      log("route looked up");
      return ((ctx) => (ctx.body = "lazy")) as Middleware;
    },
  };
  const app = compose([timing, errors, (ctx, next) => (routes[ctx.path] ? routes[ctx.path]!.call(ctx, ctx, next) : next())]);
  return ["/ok", "/range", "/twice", "/lazy", "/none"].map((path) => {
    const ctx: Context = { path, trail: [], status: 200 };
    return [app(ctx, ({ trail }) => trail.push("last")), ctx];
  });
}
