import type { CanvasPlace } from '@callwright/scenario';

/** The wire at this point of the screen: a node that is let go there is put in between. */
export function wireUnder({ x, y }: CanvasPlace): string | null {
  for (const element of window.document.elementsFromPoint(x, y)) {
    const edge = element.closest('.react-flow__edge');
    if (edge) return edge.getAttribute('data-id');
  }
  return null;
}

/** Shows into which wire something would go. The mark is set past React: it changes with every move of the pointer. */
export function markWire(wire: string | null): void {
  for (const edge of window.document.querySelectorAll('.react-flow__edge[data-into]'))
    if (edge.getAttribute('data-id') !== wire) edge.removeAttribute('data-into');
  if (wire !== null)
    window.document.querySelector(`.react-flow__edge[data-id="${CSS.escape(wire)}"]`)?.setAttribute('data-into', '');
}
