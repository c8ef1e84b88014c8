/** What the server needs of the place that it runs in; the rest of it knows neither Node nor a browser. */
export interface Host {
  /** The text of a file on disk, or null. Paths use `/`. */
  readonly read: (path: string) => string | null;
  readonly toPath: (uri: string) => string;
  readonly toUri: (path: string) => string;
}
