"""Lists that leave: written row by row as the database tells them, in constant memory."""
