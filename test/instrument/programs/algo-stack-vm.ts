// A bytecode VM with a big switch, call frames in typed arrays, interrupts from callbacks and a disassembler.
const enum Op { Push, Add, Sub, Mul, Dup, Swap, Jz, Jmp, Call, Ret, Load, Store, Out, Halt, Trap }
const names = ["push", "add", "sub", "mul", "dup", "swap", "jz", "jmp", "call", "ret", "load", "store", "out", "halt", "trap"];
const hasArg = new Set([Op.Push, Op.Jz, Op.Jmp, Op.Call, Op.Load, Op.Store, Op.Trap]);
function assemble(text: string): Int16Array {
  const labels: Record<string, number> = {};
  const words: (number | (() => number))[] = [];
  for (const line of text.trim().split(/\s*;\s*/)) {
    const [, label, name, arg] = /^(?:(\w+):)?\s*(\w+)\s*(-?\w+)?$/.exec(line) ?? [];
    if (label) labels[label] = words.length;
    const op = names.indexOf(name!);
    if (op < 0) throw new SyntaxError(line);
    words.push(op);
    if (hasArg.has(op)) words.push(() => labels[arg!] ?? +arg!);
  }
  return Int16Array.from(words, (w) => (typeof w === "function" ? w() : w));
}
function run(code: Int16Array, log: Log, traps: Record<number, (stack: number[]) => void> = {}): [number[], number] {
  const stack: number[] = [];
  const memory = new Int32Array(8);
  const calls: number[] = [];
  let [pc, steps] = [0, 0];
  const pop = () => (stack.length ? stack.pop()! : (() => { throw new RangeError(`underflow at ${pc}`); })());
  loop: for (;;) {
    if (++steps > 5000) throw new Error("too long");
    const op = code[pc++] as Op;
    switch (op) {
      case Op.Push:
        stack.push(code[pc++]!);
        break;
      case Op.Add:
      case Op.Mul:
      case Op.Sub: {
        const b = pop(), a = pop();
        stack.push(op === Op.Add ? a + b : op === Op.Mul ? Math.imul(a, b) : a - b);
        continue loop;
      }
      case Op.Dup:
        stack.push(pop(), stack.at(-1) ?? NaN);
        stack[stack.length - 1] = stack[stack.length - 2]!;
        break;
      case Op.Swap:
        stack.push(pop(), pop());
        break;
      case Op.Jz:
        if (pop() === 0) {
          pc = code[pc]!;
          continue loop;
        }
        pc++;
        break;
      case Op.Call:
        calls.push(pc + 1);
      case Op.Jmp:
        pc = code[pc]!;
        continue;
      case Op.Ret:
        if (calls.length) {
          pc = calls.pop()!;
          break;
        }
      case Op.Halt:
        break loop;
      case Op.Load:
        stack.push(memory[code[pc++]!]!);
        break;
      case Op.Store:
        memory[code[pc++]!] = pop();
        break;
      case Op.Out:
        log("out", pop());
        break;
      case Op.Trap:
        (traps[code[pc++]!] ?? (() => { throw new Error("bad trap"); }))(stack);
        break;
      default:
        throw new Error(`bad opcode ${op} at ${pc}`);
    }
  }
  return [stack, steps];
}
export function main(log: Log): unknown {
  const programs = ["push 10; store 0; push 1; store 1; again: load 0; jz end; load 1; load 0; mul; store 1; load 0; push 1; sub; store 0; jmp again; end: load 1; out; halt", "push 3; call f; out; ret; f: dup; mul; trap 1; ret", "push 1; add; halt", "trap 9", "x: jmp x", "push 1; bogus", "push 5; push 7; swap; sub; ret"];
  return programs.map((p) => {
    try {
      return run(assemble(p), log, { 1: (s) => s.push(s.pop()! + 100) });
    } catch (e) {
      return `${e}`;
    }
  });
}
