/**
 * The protocol's JSON schema, of the very version that the project is compiled against: the declarations of
 * `@vscode/debugprotocol` are generated from the schema, and this turns them back.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "@babel/parser";
import type * as t from "@babel/types";

export type Schema = { [key: string]: unknown };

const require = createRequire(import.meta.url);
/** The only numbers of the protocol that need not be integers. */
const FRACTIONS: ReadonlySet<string> = new Set(["percentage"]);

/** Definitions by name: `StoppedEvent`, `ThreadsResponse`, `SetBreakpointsArguments` … */
export function protocolDefinitions(): Record<string, Schema> {
  const main = require.resolve("@vscode/debugprotocol/package.json");
  const text = readFileSync(main.replace("package.json", "lib/debugProtocol.d.ts"), "utf8");
  const file = parse(text, { sourceType: "module", plugins: [["typescript", { dts: true }]] });
  const definitions: Record<string, Schema> = {};
  for (const statement of declarations(file.program)) {
    if (statement.type === "TSInterfaceDeclaration")
      definitions[statement.id.name] = interfaceSchema(statement);
    if (statement.type === "TSTypeAliasDeclaration")
      definitions[statement.id.name] = typeSchema(statement.typeAnnotation, "");
  }
  return definitions;
}

function declarations(program: t.Program): t.Statement[] {
  for (const statement of program.body) {
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declared?.type === "TSModuleDeclaration" && declared.body.type === "TSModuleBlock")
      return declared.body.body;
  }
  throw new Error("the declarations of the protocol have changed their form");
}

function interfaceSchema(node: t.TSInterfaceDeclaration): Schema {
  const own = membersSchema(node.body.body);
  const bases = (node.extends ?? []).map((base) => reference((base.expression as t.Identifier).name));
  return bases.length === 0 ? own : { allOf: [...bases, own] };
}

function membersSchema(members: readonly t.TSTypeElement[]): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  let additionalProperties: Schema | undefined;
  for (const member of members) {
    if (member.type === "TSIndexSignature")
      additionalProperties = typeSchema(member.typeAnnotation?.typeAnnotation, "");
    if (member.type !== "TSPropertySignature") continue;
    const name = member.key.type === "Identifier" ? member.key.name : (member.key as t.StringLiteral).value;
    properties[name] = typeSchema(member.typeAnnotation?.typeAnnotation, name);
    if (member.optional !== true) required.push(name);
  }
  return {
    type: "object",
    properties,
    ...(required.length > 0 ? { required } : {}),
    ...(additionalProperties === undefined ? {} : { additionalProperties }),
  };
}

function typeSchema(type: t.TSType | undefined, name: string): Schema {
  switch (type?.type) {
    case "TSStringKeyword":
      return { type: "string" };
    case "TSNumberKeyword":
      return { type: FRACTIONS.has(name) ? "number" : "integer" };
    case "TSBooleanKeyword":
      return { type: "boolean" };
    case "TSNullKeyword":
      return { type: "null" };
    case "TSLiteralType":
      return { const: (type.literal as t.StringLiteral).value };
    case "TSArrayType":
      return { type: "array", items: typeSchema(type.elementType, name) };
    case "TSUnionType":
      return { anyOf: type.types.map((part) => typeSchema(part, name)) };
    case "TSTypeLiteral":
      return membersSchema(type.members);
    case "TSTypeReference":
      return reference((type.typeName as t.Identifier).name);
    case "TSParenthesizedType":
      return typeSchema(type.typeAnnotation, name);
    default:
      return {}; // any, object
  }
}

function reference(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}
