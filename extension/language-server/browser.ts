/** The language server in a Web Worker: it knows the files that the editor has open, and no others. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { serve } from "./server.ts";

/** The worker's own global object, as far as the messages need it. */
const scope = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];

serve(createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)), {
  read: () => null,
  foldsCase: false,
});
