/** What the server needs of the place that it runs in; the rest of it knows neither Node nor a browser. */
export interface Host {
  /** The text of a file on disk, or null. Paths are those of `paths.ts`. */
  readonly read: (path: string) => string | null;
  /** The file system does not tell `Eth.ts` and `eth.ts` apart. */
  readonly foldsCase: boolean;
}
