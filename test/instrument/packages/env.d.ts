/** What the harness hands to each program's `main`: notes values in order, as they are at that moment. */
type Log = (...values: unknown[]) => void;
