-- GIFs were stored with their comments, and photos of phones with what stands behind the picture; the job strips those that are there.
update feedback.files set awaits_stripping = true where content_type in ('image/gif', 'image/heic', 'image/avif');
