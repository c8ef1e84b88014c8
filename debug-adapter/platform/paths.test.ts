import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { fromBase64, toBase64 } from "../memory/base64.ts";
import { dirname, isAbsolute, pathOfFileUri, resolvePath, uriOfPath } from "./paths.ts";

test("relative paths begin at a folder, whatever the system writes", () => {
  expect(resolvePath("../w.ts", "/a/b")).toBe("/a/w.ts");
  expect(resolvePath("C:\\m\\..\\x.ts")).toBe("C:/x.ts");
  expect(resolvePath("./w.ts", "C:/a")).toBe("C:/a/w.ts");
  expect(resolvePath("../w.ts", "vscode-vfs://github/a/b")).toBe("vscode-vfs://github/a/w.ts");
  expect(resolvePath("//server/share/x.ts")).toBe("//server/share/x.ts");
  expect(resolvePath("../../../x.ts", "/a")).toBe("/x.ts");
  expect([isAbsolute("a/b"), isAbsolute("/a"), isAbsolute("c:\\a"), isAbsolute("vscode-vfs://x/y")]).toEqual([
    ...[false, true, true, true],
  ]);
  expect(dirname("/a/b.ts")).toBe("/a");
});

test.each(["/m/x.ts", "/m/with space/#1?/ä%.ts"])(
  "%s becomes a URI as Node makes it, and comes back",
  (path) => {
    expect(uriOfPath(path)).toBe(pathToFileURL(path).href);
    expect(pathOfFileUri(uriOfPath(path))).toBe(fileURLToPath(pathToFileURL(path)));
  },
);

test("Windows' paths and other schemes", () => {
  expect(pathOfFileUri("file:///C:/m/x.ts")).toBe("C:/m/x.ts");
  expect(pathOfFileUri("file://server/share/x.ts")).toBe("//server/share/x.ts");
  expect(uriOfPath("C:/m/x.ts")).toBe("file:///C:/m/x.ts");
  expect(uriOfPath("vscode-vfs://github/x.ts")).toBe("vscode-vfs://github/x.ts");
});

test("bytes are written as Node writes them", () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  for (const odd of ["", "AQ", "AQI", "AQID\n", "AQ==", "A-_/", "A", "AB!C"])
    expect(fromBase64(odd), odd).toEqual(new Uint8Array(Buffer.from(odd, "base64")));
});
