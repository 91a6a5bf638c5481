"""What goes on behind the pages: reading what waits, writing what people said, other processes."""
