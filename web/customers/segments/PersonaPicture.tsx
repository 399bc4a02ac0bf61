import { Avatar } from "@mantine/core";
import { initialsOf } from "../../ui/initials.ts";
import { addressOfPicture } from "./segments.data.ts";
import classes from "./Segments.module.css";

type PersonaPictureProps = { segmentId: string | null; pictureId: string | null; name: string; size: number };

/** The picture of a persona, or the first letters of its name where it has none. Its name stands beside it. */
export const PersonaPicture = ({ segmentId, pictureId, name, size }: PersonaPictureProps) => (
  <Avatar size={size} className={classes.picture ?? ""} src={segmentId === null || pictureId === null ? null : addressOfPicture(segmentId, pictureId)} alt="" aria-hidden>
    {initialsOf(name)}
  </Avatar>
);
