"""What leaves: printed pages, PDF, XML, archives and mails, and the jobs that make them."""
