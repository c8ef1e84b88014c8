/** Static analysis of driver models: what the language server and `netdev-lab lint` use. */
export { type AnalysisResult, analyse, type FunctionFact } from "./analyse.ts";
export type { Fix, RelatedSpan, Span, StaticFinding } from "./finding.ts";
export type { ParseCache } from "./model.ts";
