# The image of the Docker deployment in prefect.yaml. Build the wheel first: `uv build --wheel`.
FROM python:3.11-slim
ENV DO_NOT_TRACK=1
COPY dist/dealgraph-*.whl /tmp/
RUN pip install --no-cache-dir "$(echo /tmp/dealgraph-*.whl)[postgres]" && rm /tmp/dealgraph-*.whl
WORKDIR /data
