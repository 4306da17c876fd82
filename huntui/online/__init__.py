"""What is asked of servers; the only room that imports httpx."""
