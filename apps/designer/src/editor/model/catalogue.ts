import { catalogue } from '@callwright/nodes';
import { catalogueOf } from '@callwright/scenario';

/** The node types, as validation asks for them. */
export const nodeCatalogue = catalogueOf(catalogue);
