import { describe, expect, it } from "vitest";
import { problemsOfOutgoing, problemsOfRequest } from "./validator.ts";

const base = { seq: 1 };
const stopped = { ...base, type: "event", event: "stopped" };
const response = { ...base, type: "response", request_seq: 1, success: true };

describe("the schema of the protocol", () => {
  it("accepts what is right", () => {
    expect(problemsOfOutgoing({ ...stopped, body: { reason: "step", threadId: 1 } })).toEqual([]);
    expect(problemsOfOutgoing({ ...response, command: "threads", body: { threads: [] } })).toEqual([]);
    expect(
      problemsOfRequest({ ...base, type: "request", command: "next", arguments: { threadId: 1 } }),
    ).toEqual([]);
  });

  it.each([
    { ...stopped },
    { ...stopped, body: {} },
    { ...stopped, body: { reason: "step", threadId: "1" } },
    { ...stopped, body: { reason: "step", hitBreakpointIds: [1.5] } },
    { ...stopped, event: "halted" },
    { ...response, command: "threads" },
    { ...response, command: "threads", body: { threads: [{ id: 1 }] } },
    {
      ...response,
      command: "variables",
      body: { variables: [{ name: "a", value: 1, variablesReference: 0 }] },
    },
    { ...response, command: "nonsense" },
    { ...response, success: false, command: "next" },
    { ...base, type: "request", command: "runInTerminal" },
  ])("refuses %j", (message) => expect(problemsOfOutgoing(message)).not.toEqual([]));

  it("refuses wrong requests of a test", () => {
    expect(problemsOfRequest({ ...base, type: "request", command: "next", arguments: {} })).not.toEqual([]);
  });
});
