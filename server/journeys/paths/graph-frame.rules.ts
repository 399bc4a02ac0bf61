// How large a drawing of a graph is in the frame it is shown in.

export type Size = { width: number; height: number };

/** Smaller, the letters of steps and connections are seen but not read: 17 units of the drawing are 10 pixels then. */
export const READABLE_ZOOM = 0.58;
/** Larger, a few steps look like a poster. */
export const ZOOM_MAX = 0.9;
/** Pixels of the frame that stay empty at each side. */
export const FRAME_PADDING = 12;

/** How large a drawing can be shown whole: pixels of the frame for each unit of the drawing. */
export const zoomInto = (frame: Size, drawing: Size): number =>
  Math.min(ZOOM_MAX, (frame.width - 2 * FRAME_PADDING) / Math.max(1, drawing.width), (frame.height - 2 * FRAME_PADDING) / Math.max(1, drawing.height));

/** Whether a drawing can be read when all of it is shown. */
export const isReadable = (frame: Size, drawing: Size): boolean => zoomInto(frame, drawing) >= READABLE_ZOOM;
