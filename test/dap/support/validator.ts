/** Checks every message of a session against the protocol's schema, in both directions, and the rules of the envelope. */
import { Ajv, type ValidateFunction } from "ajv";
import { protocolDefinitions } from "./protocolSchema.ts";

type Message = Record<string, unknown>;

const definitions = protocolDefinitions();
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({ $id: "dap", definitions });
const compiled = new Map<string, ValidateFunction>();

/** Events and requests that are this adapter's own: the protocol has no schema for them. */
const CUSTOM = /^netdev-lab\//;
const NO_ARGUMENTS: ReadonlySet<string> = new Set(["threads", "loadedSources", "configurationDone"]);

/** What is wrong with a message that the adapter sent. */
export function problemsOfOutgoing(message: Message): string[] {
  if (message.type === "event") {
    const event = String(message.event);
    if (CUSTOM.test(event)) return check("Event", message);
    const name = `${capital(event)}Event`;
    return name in definitions ? check(name, message) : [`there is no event "${event}"`];
  }
  if (message.type !== "response") return [`the adapter sent a message of type ${String(message.type)}`];
  if (message.success === false) return check("ErrorResponse", message);
  const command = String(message.command);
  if (CUSTOM.test(command)) return check("Response", message);
  const name = `${capital(command)}Response`;
  return name in definitions ? check(name, message) : [`there is no request "${command}"`];
}

/** What is wrong with a request that a test sends; tests of bad requests do not ask. */
export function problemsOfRequest(message: Message): string[] {
  const command = String(message.command);
  if (CUSTOM.test(command)) return check("Request", message);
  const name = `${capital(command)}Request`;
  if (!(name in definitions)) return [`there is no request "${command}"`];
  const { arguments: args, ...rest } = message;
  return check(name, args === undefined || NO_ARGUMENTS.has(command) ? rest : message);
}

function check(name: string, message: Message): string[] {
  let validate = compiled.get(name);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: `dap#/definitions/${name}` });
    compiled.set(name, validate);
  }
  if (validate(message)) return [];
  return (validate.errors ?? []).map(
    (error) =>
      `${name}${error.instancePath} ${error.message ?? ""} in ${JSON.stringify(message).slice(0, 300)}`,
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
