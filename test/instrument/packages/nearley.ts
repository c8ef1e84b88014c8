import { Grammar, Parser, Rule } from "nearley";

type Pair = [number, unknown, number];
type Digits = [number, string];
const first = (d: Pair): number => d[0];

export function main(log: Log, small: boolean): unknown {
  const digit = { test: (x: string) => /\d/.test(x) };
  const lit = (literal: string) => ({ literal });
  const rules = [
    new Rule("S", ["E"], first),
    new Rule("E", ["E", lit("+"), "T"], ([a, , b]: Pair) => a + b),
    new Rule("E", ["E", lit("-"), "T"], ([a, , b]: Pair) => a - b),
    new Rule("E", ["T"], first),
    new Rule("T", ["T", lit("*"), "F"], ([a, , b]: Pair) => a * b),
    new Rule("T", ["F"], first),
    new Rule("F", [lit("("), "E", lit(")")], (d: Pair) => d[1]),
    new Rule("F", ["N"], first),
    new Rule("N", ["N", digit], ([n, c]: Digits) => n * 10 + +c),
    new Rule("N", [digit], ([c]: [string]) => +c),
  ];
  const inputs = small ? ["1+2*3", "1+"] : ["1+2*3", "(12-4)*(3+10)*2", "((7))", "1++2", "99*99-(5"];
  return inputs.map((text) => {
    const parser = new Parser(new Grammar(rules as never, "S"));
    try {
      parser.feed(text);
      log(text, parser.results.length);
      return parser.results;
    } catch (error) {
      return (error as Error).message.split("\n").slice(0, 3);
    }
  });
}
