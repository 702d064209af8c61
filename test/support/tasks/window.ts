/** Whether a window can be opened: always on macOS and Windows, on Linux where X11 or Wayland answers. */
export function hasDisplay(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  if (platform !== "linux") return true;
  return Boolean(env["DISPLAY"]) || Boolean(env["WAYLAND_DISPLAY"]);
}

/** Chromium's sandbox refuses to run as root; there, and only there, it has to be switched off. */
export function electronArguments(root: string, args: readonly string[], isLinuxRoot: boolean): readonly string[] {
  return [...(isLinuxRoot ? ["--no-sandbox"] : []), root, "--training", ...args];
}
