/** The app's own origin; nothing else ever loads in the window. */
export const appScheme = "app";
export const appHost = "vostro";
export const appUrl = `${appScheme}://${appHost}/`;
