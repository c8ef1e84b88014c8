import { at } from "./log.ts";
at("leaf");
export const leaf = { loaded: at("leaf value") };
