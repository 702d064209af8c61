import { FuseV1Options, FuseVersion, flipFuses } from "@electron/fuses";
import { join } from "node:path";

/** Every fuse of the packaged Electron binary. The hook fails when Electron has a fuse that is not named here. */
export const fuses = /** @type {const} */ ({
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
});

/**
 * electron-builder's afterPack hook: flips the fuses of the binary that was just packed, before it is signed.
 * @param {import("electron-builder").AfterPackContext} context
 */
export default async function setFuses(context) {
  const { appOutDir, electronPlatformName, packager } = context;
  const name = packager.appInfo.productFilename;
  const files = /** @type {Record<string, string>} */ ({
    darwin: `${name}.app`,
    mas: `${name}.app`,
    win32: `${name}.exe`,
    linux: packager.executableName,
  });
  const file = files[electronPlatformName];
  if (file === undefined) throw new Error(`No fuses are known for ${electronPlatformName}.`);
  await flipFuses(join(appOutDir, file), {
    ...fuses,
    resetAdHocDarwinSignature: electronPlatformName === "darwin" && process.arch === "arm64",
  });
}
