import '@xyflow/react/dist/style.css';

/** From here on only what is seen is in the page. */
export const MANY_NODES = 120;
export const NO_ATTRIBUTION = { hideAttribution: true };
