import { transformSync } from "esbuild";

/** TypeScript to JavaScript by somebody else's compiler: the yardstick. */
export function eraseTypes(source: string): string {
  return transformSync(source, {
    loader: "ts",
    target: "node20",
    tsconfigRaw: {
      compilerOptions: { target: "ESNext", useDefineForClassFields: true, verbatimModuleSyntax: false },
    },
  }).code;
}
