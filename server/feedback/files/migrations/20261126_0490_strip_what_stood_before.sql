-- Photos of phones were stored with what programs write before the picture, and films with what they tell of their frames; the job strips those that are there.
update feedback.files set awaits_stripping = true where content_type in ('image/heic', 'image/avif');
