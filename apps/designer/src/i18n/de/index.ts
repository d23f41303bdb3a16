import de from 'zod/v4/locales/de.js';

type Catalogue = Readonly<Record<string, string>>;

/** One file for each area of the page, for the person who keeps it; one catalogue, and one request, for the page. */
const files = import.meta.glob<Catalogue>('./*.json', { eager: true, import: 'default' });

export const german: Catalogue = Object.assign({}, ...Object.values(files)) as Catalogue;

/** What a form says of its own accord: “Zu klein: …”. */
export const germanSchemaMessages = de().localeError;
