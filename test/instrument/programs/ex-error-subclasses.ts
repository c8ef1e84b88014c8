// Error classes with fields, causes, overridden toString, wrapping and sorting out by instanceof.
class AppError extends Error {
  static count = 0;
  readonly id = ++AppError.count;
  constructor(
    message: string,
    readonly detail: unknown = null,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = new.target.name;
    if (new.target === AppError) this.message += " (generic)";
  }
  get chain(): string[] {
    const rest = this.cause instanceof AppError ? this.cause.chain : this.cause === undefined ? [] : [String(this.cause)];
    return [this.name + "#" + this.id, ...rest];
  }
}
class IoError extends AppError {
  override toString() {
    return `<${super.toString()}>`;
  }
}
class Timeout extends IoError {
  override message = "always the same";
}
export function main(log: Log): unknown {
  const layers: ((n: number) => number)[] = [
    (n) => {
      if (n > 2) throw n > 4 ? new Timeout("lost", { n }) : new IoError("disk " + n);
      return n;
    },
    (n) => {
      try {
        return layers[0]!(n);
      } catch (cause) {
        if (cause instanceof Timeout) throw cause;
        throw new AppError("layer 1", n, { cause });
      }
    },
    (n) => {
      try {
        return layers[1]!(n) + (null as any)[n % 2 ? "toString" : "x"];
      } catch (cause) {
        log(cause instanceof IoError, cause instanceof AppError, String(cause).split("\n")[0]);
        throw new Timeout("top", n, { cause });
      }
    },
  ];
  return [0, 1, 3, 5].map((n) => {
    try {
      return layers[2]!(n);
    } catch (error) {
      const { name, message, detail, id } = error as Timeout;
      return [name, message, detail, id, (error as Timeout).chain, `${error}`, Object.keys(error as object), error instanceof Error, Object.prototype.toString.call(error)];
    }
  });
}
