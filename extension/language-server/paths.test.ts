import { describe, expect, it } from "vitest";
import { normalize, pathKey, toPath, toUri } from "./paths.ts";

describe("URIs and paths", () => {
  it.each([
    ["file:///home/me/eth.ts", "/home/me/eth.ts"],
    ["file:///c%3A/Users/me/eth.ts", "c:/Users/me/eth.ts"],
    ["file:///d%3A/eth.ts", "d:/eth.ts"],
    ["file://server/share/eth.ts", "//server/share/eth.ts"],
    ["file:///home/me/my%20drivers/%C3%A4th%231.ts", "/home/me/my drivers/äth#1.ts"],
    ["vscode-vfs://github/me/eth.ts", "vscode-vfs://github/me/eth.ts"],
    ["untitled:Untitled-1", "untitled:Untitled-1"],
  ])("%s is %s, and back", (uri, path) => {
    expect(toPath(uri)).toBe(path);
    expect(toUri(path)).toBe(uri);
  });

  it.each([
    ["file:///C:/Users/me/eth.ts", "c:/Users/me/eth.ts"],
    ["file:///C%3A/Users/me/eth.ts", "c:/Users/me/eth.ts"],
    ["FILE:///home/me/eth.ts", "/home/me/eth.ts"],
    ["file://localhost/home/me/eth.ts", "/home/me/eth.ts"],
    ["file:/home/me/eth.ts", "/home/me/eth.ts"],
    ["file:///home/me/100%.ts", "/home/me/100%.ts"],
    ["file:///home/me/eth.ts?version=1#L3", "/home/me/eth.ts"],
  ])("%s is %s, however it is written", (uri, path) => {
    expect(toPath(uri)).toBe(path);
  });

  it.each([
    ["C:\\Users\\me\\eth.ts", "file:///c%3A/Users/me/eth.ts"],
    ["\\\\server\\share\\eth.ts", "file://server/share/eth.ts"],
  ])("takes backslashes: %s", (path, uri) => {
    expect(toUri(path)).toBe(uri);
  });

  it("knows one file by its names", () => {
    expect(normalize("C:\\lab\\eth.ts")).toBe("c:/lab/eth.ts");
    expect(pathKey("C:/Lab/Eth.ts", true)).toBe(pathKey("c:\\lab\\eth.ts", true));
    expect(pathKey("/lab/a\u0308th.ts", true)).toBe(pathKey("/lab/äth.ts", true));
    expect(pathKey("/lab/Eth.ts", false)).not.toBe(pathKey("/lab/eth.ts", false));
  });
});
