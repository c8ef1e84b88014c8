/** Reads settings, and tells when one changes. */
import * as vscode from "vscode";
import { SETTINGS_SECTION, type SettingName, type SettingValue, settings } from "./settings.ts";

export function setting<Name extends SettingName>(name: Name): SettingValue<Name> {
  const fallback = settings[name].default as SettingValue<Name>;
  return vscode.workspace.getConfiguration(SETTINGS_SECTION).get<SettingValue<Name>>(name, fallback);
}

export function onSettingChange(name: SettingName, changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${SETTINGS_SECTION}.${name}`)) changed();
  });
}
