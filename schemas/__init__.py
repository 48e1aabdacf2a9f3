"""What passes between the rooms, and what the graph may hold. Imports nothing of ours."""
