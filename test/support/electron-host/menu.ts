import { hostEvent, notImplemented, strict } from "./strict.ts";

export interface MenuTemplateItem {
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly enabled?: boolean;
  readonly visible?: boolean;
  readonly checked?: boolean;
  readonly accelerator?: string;
  readonly submenu?: readonly MenuTemplateItem[];
  readonly click?: (item: object, window: object | undefined, event: object) => void;
}

export interface HostMenu {
  readonly items: readonly HostMenuItem[];
  getMenuItemById(id: string): HostMenuItem | null;
}
export interface HostMenuItem extends Omit<MenuTemplateItem, "submenu"> {
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly submenu: HostMenu | undefined;
}

/** Electron's `Menu`: built from templates, clicked from the control channel by label, id or role. */
export function createMenu(focused: () => object | undefined, roles: Readonly<Record<string, () => void>>) {
  let applicationMenu: HostMenu | null = null;

  const toItem = (template: MenuTemplateItem): HostMenuItem => {
    const isNamed = template.label !== undefined || template.role !== undefined || template.type === "separator";
    if (!isNamed) throw new TypeError("Invalid template for MenuItem: must have either label, role or type");
    const { submenu, ...rest } = template;
    return {
      ...rest,
      enabled: template.enabled ?? true,
      visible: template.visible ?? true,
      checked: template.checked ?? false,
      submenu: submenu && buildFromTemplate(submenu),
    };
  };
  const flatten = (menu: HostMenu): HostMenuItem[] =>
    menu.items.flatMap((item) => [item, ...(item.submenu ? flatten(item.submenu) : [])]);
  const buildFromTemplate = (template: readonly MenuTemplateItem[]): HostMenu => {
    if (!Array.isArray(template)) throw new TypeError("Invalid template for Menu: Menu template must be an array");
    const items = template.map(toItem);
    const menu: HostMenu = {
      items,
      getMenuItemById: (id) => flatten(menu).find((item) => item.id === id) ?? null,
    };
    return strict("menu", menu);
  };
  const Menu = strict("Menu", {
    buildFromTemplate,
    setApplicationMenu: (menu: HostMenu | null) => {
      applicationMenu = menu;
    },
    getApplicationMenu: () => applicationMenu,
  });
  return {
    Menu,
    /** Fails when there is no such item, or a person could not click it. */
    click: (name: string): void => {
      const item =
        applicationMenu && flatten(applicationMenu).find((known) => [known.label, known.id, known.role].includes(name));
      if (!item) throw new Error(`no menu item "${name}"`);
      if (!item.enabled || !item.visible) throw new Error(`the menu item "${name}" cannot be clicked`);
      if (item.click) item.click(item, focused(), hostEvent({ triggeredByAccelerator: false }));
      else if (item.role !== undefined) {
        const act = roles[item.role.toLowerCase()];
        if (act === undefined) throw notImplemented(`the menu role ${item.role}`);
        act();
      }
    },
  };
}
